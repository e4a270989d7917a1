package dev.pitcrew.app.own;

/// A check to begin with: it works, and its examples show what to change.
public final class Skeleton {
    private Skeleton() {}

    /// The text of its file.
    public static String of(String code) {
        return """
               # An own check of Pitcrew: docs/own-checks.md says what it can see. `pitcrew check test` runs its examples.
               code: %s
               name: image-of-elsewhere
               severity: high
               summary: A service runs an image that our registry doesn't have
               why: |
                 What others publish can change or go away on the day on which a node is replaced.
               do: |
                 Copy the image to our registry, and name it by its digest.
               controls: []

               # What is looked at, one by one: container, service, flow, volume, workload, endpoint, unit, route, alert, job, migration, library, file.
               each: container
               # When something is wrong. What a file doesn't say is absent: has() asks for it.
               when: |
                 has(container.image) && !container.image.startsWith("registry.example/")
               # What is wrong, with the names of this repository.
               say: |
                 container.name + " runs " + container.image

               bad:
                 compose.yaml: |
                   services:
                     gateway:
                       image: docker.io/desk/gateway:1.2.3
               good:
                 compose.yaml: |
                   services:
                     gateway:
                       image: registry.example/desk/gateway:1.2.3
               """
                .formatted(code);
    }
}
