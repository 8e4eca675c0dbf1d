# The image is built on the machine's own architecture for the one that is asked for; nothing is emulated.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
ARG VERSION=
WORKDIR /source
COPY . .
RUN VERSION="$VERSION" deploy/publish image "linux-$(echo "${TARGETARCH:-amd64}" | sed s/amd64/x64/)" /program \
    && mkdir -m 0700 /snapshots

# Ubuntu without a shell, a package manager or root: what is here is the runtime and the program.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /program /usr/local/lib/edge-proxy

# A place for snapshot_directory: a volume that is mounted here belongs to the user of the process.
COPY --from=build --chown=$APP_UID:$APP_UID /snapshots /var/lib/edge-proxy

# config.json is looked for in /app, or where CONFIG_PATH says.
USER $APP_UID
EXPOSE 8000
STOPSIGNAL SIGTERM

# Readiness. It asks the port of the configuration, so set that with SERVER_PORT or in the file, not with --port.
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 CMD ["/usr/local/lib/edge-proxy/edge-proxy", "health"]

ENTRYPOINT ["/usr/local/lib/edge-proxy/edge-proxy"]
CMD ["serve"]
