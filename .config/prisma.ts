import { defineConfig } from 'prisma/config';

// Paths are relative to this folder. The URL is read only by Prisma's own CLI; the application hands its adapter one.
export default defineConfig({
  schema: '../prisma/schema.prisma',
  migrations: { path: '../prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
