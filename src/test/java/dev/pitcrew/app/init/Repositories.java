package dev.pitcrew.app.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Repositories of each kind that a first system file is written for.
final class Repositories {
    /// Stands where a secret stands, and must never be seen again.
    static final String SECRET = "hunter2-f00dfeed";

    static final List<String> ALL =
            List.of("compose-desk", "kubernetes-desk", "units", "bot", "package", "pom", "empty");

    private static final Map<String, Map<String, String>> MADE =
            Map.of(
                    "units",
                    Map.of(
                            "deploy/fix-gateway.service",
                            """
                            [Unit]
                            Description=Order gateway
                            After=network.target
                            [Service]
                            WorkingDirectory=/opt/desk
                            User=desk
                            EnvironmentFile=/opt/desk/deploy/gateway.env
                            EnvironmentFile=-/etc/desk/local.env
                            Environment=LOG_LEVEL=info FIX_PASSWORD=%s
                            Environment=TRADING_MODE=live
                            ExecStart=/opt/desk/venv/bin/python -m gateway --config ${CONFIG} --level $LOG_LEVEL
                            TimeoutStopSec=20
                            [Install]
                            WantedBy=multi-user.target
                            """
                                    .formatted(SECRET),
                            "deploy/gateway.env",
                            "VENUE_HOST=fix.example.org\nBROKER_API_KEY=%s\n".formatted(SECRET),
                            "deploy/pairs-strategy.service",
                            """
                            [Unit]
                            Requires=fix-gateway.service
                            [Service]
                            ExecStart=/opt/desk/venv/bin/python -m pairs
                            """,
                            "deploy/backup.service",
                            "[Service]\nType=oneshot\nExecStart=/opt/desk/bin/backup\n",
                            "gateway/__main__.py",
                            "print('gateway')\n"),
                    "bot",
                    Map.of(
                            "docker-compose.yml",
                            """
                            services:
                              freqtrade:
                                image: freqtradeorg/freqtrade:stable
                                env_file: bot.env
                                environment:
                                  BINANCE_API_KEY: %s
                                  DB_URL: postgresql://bot:%s@db/bot
                                  DB_HOST: db
                                ports: ["127.0.0.1:8080:8080"]
                                command: trade --config /freqtrade/config.json
                              signals:
                                build: .
                                network_mode: host
                              db:
                                image: postgres:16
                              tests:
                                build: .
                                profiles: [ci]
                            """
                                    .formatted(SECRET, SECRET),
                            "docker-compose.override.yml",
                            "services:\n  freqtrade:\n    stop_grace_period: 45s\n"),
                    "package",
                    Map.of(
                            "pyproject.toml",
                            """
                            [project]
                            name = "mm"
                            dependencies = ["ccxt==4.4.0"]
                            [project.scripts]
                            market-maker = "mm.main:run"
                            """),
                    "pom",
                    Map.of(
                            "pom.xml",
                            """
                            <project>
                              <modelVersion>4.0.0</modelVersion>
                              <groupId>org.example</groupId><artifactId>engine</artifactId><version>1</version>
                              <dependencies>
                                <dependency><groupId>org.quickfixj</groupId><artifactId>quickfixj-core</artifactId><version>2.3.1</version></dependency>
                              </dependencies>
                            </project>
                            """),
                    "empty",
                    Map.of("README.md", "# Nothing yet\n"));

    private Repositories() {}

    /// Its files by path.
    static Map<String, String> files(String name) throws IOException {
        var made = MADE.get(name);
        if (made != null) {
            return new TreeMap<>(made);
        }
        Path example = Path.of("examples", name);
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(example)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                files.put(example.relativize(one).toString(), Files.readString(one));
            }
        }
        files.remove("pitcrew.yaml");
        files.putIfAbsent(".env", "");
        return files;
    }

    /// Writes one below a folder, and says where.
    static Path write(Path folder, String name, Map<String, String> files) throws IOException {
        Path root = folder.resolve(name);
        for (var file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, file.getValue());
        }
        return root;
    }
}
