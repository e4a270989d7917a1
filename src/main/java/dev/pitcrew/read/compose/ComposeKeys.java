package dev.pitcrew.read.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a service of the Compose specification may say, and what becomes of it where Pitcrew starts the containers.
///
/// @see <a href="https://github.com/compose-spec/compose-spec/blob/main/05-services.md">Compose specification, services</a>
final class ComposeKeys {
    /// They come over.
    private static final Set<String> CARRIED =
            Set.of(
                    "image",
                    "build",
                    "entrypoint",
                    "command",
                    "environment",
                    "env_file",
                    "ports",
                    "expose",
                    "volumes",
                    "tmpfs",
                    "secrets",
                    "configs",
                    "healthcheck",
                    "stop_grace_period",
                    "stop_signal",
                    "depends_on",
                    "links",
                    "networks",
                    "user",
                    "working_dir",
                    "init",
                    "read_only",
                    "cap_add",
                    "cap_drop",
                    "security_opt",
                    "extra_hosts",
                    "logging",
                    "labels",
                    "mem_limit",
                    "cpus",
                    "deploy",
                    "scale",
                    "container_name",
                    "hostname");

    /// Pitcrew does it in its own way, or it says nothing about the container.
    private static final Set<String> NEEDLESS =
            Set.of(
                    "restart",
                    "profiles",
                    "extends",
                    "pull_policy",
                    "annotations",
                    "attach",
                    "develop",
                    "stdin_open",
                    "tty",
                    "mem_reservation",
                    "cpu_count",
                    "provider");

    /// Without them the container would be another one.
    private static final Set<String> LOST =
            Set.of(
                    "blkio_config",
                    "cgroup",
                    "cgroup_parent",
                    "cpu_percent",
                    "cpu_period",
                    "cpu_quota",
                    "cpu_rt_period",
                    "cpu_rt_runtime",
                    "cpu_shares",
                    "cpuset",
                    "credential_spec",
                    "device_cgroup_rules",
                    "devices",
                    "dns",
                    "dns_opt",
                    "dns_search",
                    "domainname",
                    "external_links",
                    "gpus",
                    "group_add",
                    "ipc",
                    "isolation",
                    "label_file",
                    "mac_address",
                    "memswap_limit",
                    "mem_swappiness",
                    "network_mode",
                    "oom_kill_disable",
                    "oom_score_adj",
                    "pid",
                    "pids_limit",
                    "platform",
                    "post_start",
                    "pre_stop",
                    "privileged",
                    "runtime",
                    "shm_size",
                    "storage_opt",
                    "sysctls",
                    "ulimits",
                    "userns_mode",
                    "uts",
                    "volumes_from");

    /// Of a build; what is not here is lost.
    static final Set<String> OF_A_BUILD =
            Set.of(
                    "context",
                    "dockerfile",
                    "target",
                    "args",
                    "tags",
                    "labels",
                    "cache_from",
                    "cache_to",
                    "pull",
                    "no_cache",
                    "provenance",
                    "sbom");

    private ComposeKeys() {}

    static boolean isKnown(String key) {
        return key.startsWith("x-")
                || CARRIED.contains(key)
                || NEEDLESS.contains(key)
                || LOST.contains(key);
    }

    static boolean isLost(String key) {
        return LOST.contains(key);
    }

    static List<String> all() {
        var all = new ArrayList<>(CARRIED);
        all.addAll(NEEDLESS);
        all.addAll(LOST);
        all.sort(null);
        return all;
    }
}
