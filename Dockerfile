# The service alone, for `points serve`; Postgres and Redis are elsewhere (docker-compose.yml shows how).
# The packages are those of .make/packages: `build` here, `image` below.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends libuv1-dev libpq-dev libhiredis-dev libsodium-dev libnghttp2-dev \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN swift build -c release --static-swift-stdlib --product points \
  && install -D .build/release/points /out/points

FROM debian:bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends libuv1 libpq5 libhiredis0.14 libsodium23 libnghttp2-14 tzdata \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin points
COPY --from=build /out/points /usr/local/bin/points
USER 10001
# Inside a container loopback would be out of everybody's reach.
ENV POINTS_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["points", "health"]
ENTRYPOINT ["points"]
CMD ["serve"]
