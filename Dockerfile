# One image for the API, the workers, the command line and the migration job.
# Debian (glibc), not Alpine (musl): Temporal's native bridge is built for it.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
ARG BUILD_ID=image
ENV BUILD_ID=${BUILD_ID}
RUN npm run build && npm prune --omit=dev --ignore-scripts

# Migrations need the Prisma CLI and its engine, which the running product does not.
FROM node:22-bookworm-slim AS migrate
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY prisma.config.ts ./
COPY prisma ./prisma
COPY scripts ./scripts
COPY --from=build /app/dist ./dist
USER node
CMD ["node", "scripts/prepare.mjs"]

FROM node:22-bookworm-slim AS run
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /var/lib/zhaodan/evidence
WORKDIR /app
ARG BUILD_ID=image
ENV NODE_ENV=production \
    BUILD_ID=${BUILD_ID} \
    WORKFLOW_BUNDLE=/app/dist/workflow-bundle.js \
    EVIDENCE_DIR=/var/lib/zhaodan/evidence \
    HOST=0.0.0.0
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/data ./data
COPY --from=build /app/prisma/migrations ./prisma/migrations
COPY --from=build /app/bin ./bin
COPY --from=build /app/scripts/setup ./scripts/setup
USER node
EXPOSE 3000 9464
CMD ["node", "--enable-source-maps", "dist/api/main.js"]
