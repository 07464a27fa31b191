# shellcheck shell=bash
# Finds what building and running need. Sourced by run and test.

java_version() {
    "$1/bin/java" -version 2>&1 | sed -nE '1s/.*version "([0-9]+).*/\1/p'
}

is_jdk_25() {
    [[ -x "$1/bin/javac" && "$(java_version "$1")" == 25 ]]
}

# Sets JAVA_HOME to a JDK 25 or ends.
use_jdk_25() {
    local candidate candidates=()
    [[ -n "${JAVA_HOME:-}" ]] && candidates+=("$JAVA_HOME")
    candidates+=(/usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25*)
    if command -v javac >/dev/null; then
        candidates+=("$(dirname "$(dirname "$(realpath "$(command -v javac)")")")")
    fi
    if [[ -x /usr/libexec/java_home ]]; then
        candidates+=("$(/usr/libexec/java_home -v 25 2>/dev/null || true)")
    fi
    for candidate in "${candidates[@]}"; do
        if [[ -n "$candidate" ]] && is_jdk_25 "$candidate"; then
            export JAVA_HOME="$candidate"
            return
        fi
    done
    cat >&2 <<'MISSING'
No JDK 25 was found in JAVA_HOME, in /usr/lib/jvm or on the PATH. Install one and try again, for example
  Debian, Ubuntu   temurin-25-jdk from the Adoptium repository, or openjdk-25-jdk where the distribution has it
  macOS            brew install --cask temurin@25
  anywhere         sdk install java 25-tem   (https://sdkman.io)
or set JAVA_HOME to where it is.
MISSING
    exit 1
}

require_maven() {
    if ! command -v mvn >/dev/null; then
        cat >&2 <<'MISSING'
Maven was not found on the PATH. Install version 3.8 or later and try again, for example
  Debian, Ubuntu   apt install maven
  macOS            brew install maven
  anywhere         sdk install maven   (https://sdkman.io)
MISSING
        exit 1
    fi
}
