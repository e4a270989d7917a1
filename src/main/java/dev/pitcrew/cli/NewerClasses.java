package dev.pitcrew.cli;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// Writes a copy of a jar with the same classes in a newer form. The ahead-of-time cache leaves out classes of Java 5, as picocli's are: each start would read and verify them again.
///
/// The launcher calls it once, before the [TrainingRun], and puts the copy before the jar. What each class does stays the same; the copy says besides which types are where, so that they are verified in one pass.
public final class NewerClasses {
    private static final int OLD_BELOW = ClassFile.JAVA_6_VERSION;
    private static final int NEW = ClassFile.JAVA_8_VERSION;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NewerClasses() {}

    /// @param args the jar, and where its copy goes
    /// @throws IOException when the one can't be read or the other can't be written
    public static void main(String[] args) throws IOException {
        copy(Path.of(args[0]), Path.of(args[1]));
    }

    static void copy(Path from, Path to) throws IOException {
        try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                var jar = new JarFile(from.toFile());
                var copy = new JarOutputStream(Files.newOutputStream(to))) {
            var classes =
                    ClassFile.of(
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)));
            for (JarEntry entry : jar.stream().filter(one -> !one.isDirectory()).toList()) {
                byte[] bytes;
                try (var in = jar.getInputStream(entry)) {
                    bytes = in.readAllBytes();
                }
                var written = new ZipEntry(entry.getName());
                written.setTimeLocal(NO_TIME); // the same jar gives the same copy
                copy.putNextEntry(written);
                copy.write(entry.getName().endsWith(".class") ? newer(classes, bytes) : bytes);
                copy.closeEntry();
            }
        }
    }

    private static byte[] newer(ClassFile classes, byte[] bytes) {
        ClassModel old = classes.parse(bytes);
        return old.majorVersion() >= OLD_BELOW
                ? bytes
                : classes.build(
                        old.thisClass().asSymbol(),
                        built ->
                                old.forEach(
                                        part -> {
                                            if (part instanceof ClassFileVersion) {
                                                built.withVersion(NEW, 0);
                                            } else {
                                                built.with(part);
                                            }
                                        }));
    }
}
