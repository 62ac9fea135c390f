/** XMLHttpRequest for Node; the package comes without types. */
declare module 'xhr2' {
  const XMLHttpRequest: new () => object;
  export default XMLHttpRequest;
}
