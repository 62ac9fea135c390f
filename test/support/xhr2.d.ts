/** XMLHttpRequest for Node; the package comes without types. */
declare module 'xhr2' {
  export default class XMLHttpRequest {
    setRequestHeader(name: string, value: string): void;
    send(body?: unknown): void;
  }
}
