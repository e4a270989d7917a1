/// Kubernetes objects: plain manifests, Kustomize bases and overlays, Helm charts as far as plain substitution goes.
///
/// [Manifests] collects the objects, laid over each other as Kustomize does; [PodMaker] says what those with pods are, [KubernetesFormat] what the rest is. Read [KubernetesFormat] first.
@NullMarked
package dev.pitcrew.read.kubernetes;

import org.jspecify.annotations.NullMarked;
