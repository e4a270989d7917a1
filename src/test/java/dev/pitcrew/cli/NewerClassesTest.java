package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassesTest {
    @TempDir Path folder;

    @Test
    void every_entry_of_picocli_is_in_the_copy_and_every_class_is_new_enough_for_the_cache()
            throws IOException, URISyntaxException {
        var copy = copied("copy.jar");

        try (var before = new JarFile(picocli().toFile());
                var after = new JarFile(copy.toFile())) {
            assertThat(files(after)).isEqualTo(files(before));
            assertThat(versions(before)).anyMatch(one -> one < ClassFile.JAVA_6_VERSION);
            assertThat(versions(after)).noneMatch(one -> one < ClassFile.JAVA_6_VERSION);
        }
    }

    @Test
    void the_virtual_machine_verifies_all_classes_of_the_copy()
            throws IOException, URISyntaxException, ClassNotFoundException {
        var copy = copied("copy.jar");

        try (var jar = new JarFile(copy.toFile());
                var loader = alone(copy)) {
            for (String file : files(jar)) {
                if (file.startsWith("picocli/CommandLine")) {
                    Class.forName(name(file), true, loader); // initialized, and so verified
                }
            }
        }
    }

    @Test
    void the_same_jar_gives_the_same_copy() throws IOException, URISyntaxException {
        assertThat(Files.mismatch(copied("one.jar"), copied("other.jar"))).isEqualTo(-1);
    }

    private static String name(String file) {
        return file.substring(0, file.length() - ".class".length()).replace('/', '.');
    }

    private static URLClassLoader alone(Path jar) throws IOException {
        return new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private Path copied(String name) throws IOException, URISyntaxException {
        var copy = folder.resolve(name);
        NewerClasses.copy(picocli(), copy);
        return copy;
    }

    private static Path picocli() throws URISyntaxException {
        return Path.of(
                CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<String> files(JarFile jar) {
        return jar.stream().filter(one -> !one.isDirectory()).map(JarEntry::getName).toList();
    }

    private static List<Integer> versions(JarFile jar) {
        return jar.stream()
                .filter(one -> one.getName().endsWith(".class"))
                .map(one -> version(jar, one))
                .toList();
    }

    private static int version(JarFile jar, JarEntry entry) {
        try (var in = jar.getInputStream(entry)) {
            return ClassFile.of().parse(in.readAllBytes()).majorVersion();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
