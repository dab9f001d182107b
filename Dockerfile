# One image for every part: the part is its main class. Built from the checkout, run as an ordinary user.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
# the commit for lineage: docker build --build-arg PADDOCK_COMMIT=$(git rev-parse --short=12 HEAD) .
ARG PADDOCK_COMMIT=
RUN mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -Dpaddock.commit="$PADDOCK_COMMIT" package

FROM eclipse-temurin:17-jre
# a fresh volume takes over the owner of the folder that it is mounted on
RUN useradd --system --uid 10001 --create-home paddock \
    && mkdir -p /var/lib/paddock/artifacts /var/lib/paddock/identity && chown -R paddock /var/lib/paddock
COPY --from=build /source/local/target/lib /opt/paddock/lib
USER paddock
ENV DJL_CACHE_DIR=/var/lib/paddock/djl \
    OPT_OUT_TRACKING=true \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Dai.djl.offline=true"
EXPOSE 8080
ENTRYPOINT ["java", "-cp", "/opt/paddock/lib/*"]
