/// Checks of Kubernetes objects; [KubernetesChecks] lists them.
@NullMarked
package dev.pitcrew.assess.kubernetes;

import org.jspecify.annotations.NullMarked;
