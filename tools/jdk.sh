# Finds a JDK for pitcrew and verify, which source this file. No process is started unless the last
# resort, PATH, has to follow links: this runs before every verb.

JDK_WANTED=25

# jdk_version HOME: sets jdk_feature and jdk_id from the JDK's own release file.
jdk_version() {
    jdk_feature=0 jdk_id=unknown
    [[ -x $1/bin/java && -r $1/release ]] || return 1
    local key value version='' runtime='' vendor=''
    while IFS='=' read -r key value; do
        value=${value//\"/}
        case $key in
            JAVA_VERSION) version=$value ;;
            JAVA_RUNTIME_VERSION) runtime=$value ;;
            IMPLEMENTOR) vendor=$value ;;
        esac
    done < "$1/release"
    jdk_feature=${version%%[!0-9]*}
    jdk_feature=${jdk_feature:-0}
    jdk_id=${vendor}-${runtime:-$version}
    jdk_id=${jdk_id//[^A-Za-z0-9.+-]/_}
    (( jdk_feature >= JDK_WANTED )) && [[ -x $1/bin/javac || ${2:-} == run ]]
}

# find_jdk [run]: sets JAVA_HOME to the first JDK that is new enough, or says how to get one and
# returns 10. With "run", a runtime without a compiler is enough.
find_jdk() {
    local candidate path
    for candidate in \
        "${JAVA_HOME:-}" \
        /usr/lib/jvm/*-"$JDK_WANTED"-* /usr/lib/jvm/*"$JDK_WANTED"* /usr/lib/jvm/* \
        /usr/java/* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if [[ -n $candidate ]] && jdk_version "$candidate" "${1:-}"; then
            export JAVA_HOME=$candidate
            return 0
        fi
    done
    if path=$(type -P java) && path=$(readlink -f "$path") \
            && jdk_version "${path%/bin/java}" "${1:-}"; then
        export JAVA_HOME=${path%/bin/java}
        return 0
    fi
    cat >&2 <<EOF
pitcrew needs a JDK $JDK_WANTED or newer, and found none in JAVA_HOME, in the usual folders, or on PATH.
  Debian, Ubuntu  apt install openjdk-$JDK_WANTED-jdk (or temurin-$JDK_WANTED-jdk from packages.adoptium.net)
  RHEL, Fedora    dnf install java-$JDK_WANTED-openjdk-devel
  macOS           brew install openjdk@$JDK_WANTED
  elsewhere       https://adoptium.net; then set JAVA_HOME to the folder that holds bin/java
EOF
    return 10
}
