# For the benches, which source this file in the root of the clone.
# shellcheck source=../tools/jdk.sh
source tools/jdk.sh

# bench_classpath: compiles src/test/java when that is due, and sets classpath to the file that says what it runs with.
bench_classpath() {
    local offline=()
    classpath=target/bench.classpath
    find_jdk
    if [[ ! -e $classpath || -n $(find pom.xml src/main src/test/java -newer "$classpath" -print -quit) ]]; then
        [[ -e target/installed ]] && offline=(-o)
        mvn -q -B "${offline[@]}" -Dspotless.check.skip=true test-compile dependency:build-classpath \
            -Dmdep.outputFile="$classpath" -Dmdep.includeScope=runtime >&2
        touch "$classpath"
    fi
}

# bench_java CLASS ARGUMENT...: becomes a JVM that runs a class of src/test/java.
bench_java() {
    bench_classpath
    exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -XX:+UseSerialGC -Djava.util.logging.config.file=src/test/resources/logging.properties -cp "$PWD/target/test-classes:$PWD/target/classes:$(< "$classpath")" "$@"
}
