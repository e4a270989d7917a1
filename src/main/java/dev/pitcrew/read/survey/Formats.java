package dev.pitcrew.read.survey;

import dev.pitcrew.read.alembic.AlembicFormat;
import dev.pitcrew.read.alembic.DjangoFormat;
import dev.pitcrew.read.ansible.InventoryFormat;
import dev.pitcrew.read.ansible.PlaybookFormat;
import dev.pitcrew.read.build.PackageJson;
import dev.pitcrew.read.build.Pom;
import dev.pitcrew.read.build.Pyproject;
import dev.pitcrew.read.build.Requirements;
import dev.pitcrew.read.cloud.CloudFormationFormat;
import dev.pitcrew.read.cloud.TerraformFormat;
import dev.pitcrew.read.compose.ComposeFormat;
import dev.pitcrew.read.docker.Dockerfiles;
import dev.pitcrew.read.docker.IgnoreFiles;
import dev.pitcrew.read.env.EnvFormat;
import dev.pitcrew.read.kubernetes.KubernetesFormat;
import dev.pitcrew.read.liquibase.LiquibaseFormat;
import dev.pitcrew.read.pipeline.GitHubActions;
import dev.pitcrew.read.pipeline.GitLabCi;
import dev.pitcrew.read.pipeline.Jenkinsfiles;
import dev.pitcrew.read.prometheus.AlertmanagerFormat;
import dev.pitcrew.read.prometheus.GrafanaFormat;
import dev.pitcrew.read.prometheus.GrafanaIni;
import dev.pitcrew.read.prometheus.MetricsFormat;
import dev.pitcrew.read.prometheus.PrometheusFormat;
import dev.pitcrew.read.proxy.HaproxyFormat;
import dev.pitcrew.read.proxy.NginxFormat;
import dev.pitcrew.read.secret.Secrets;
import dev.pitcrew.read.shell.ShellScripts;
import dev.pitcrew.read.sql.SqlMigrations;
import dev.pitcrew.read.store.KafkaConf;
import dev.pitcrew.read.store.PatroniConf;
import dev.pitcrew.read.store.PostgresqlConf;
import dev.pitcrew.read.store.RabbitConf;
import dev.pitcrew.read.store.RedisConf;
import dev.pitcrew.read.store.RepmgrConf;
import dev.pitcrew.read.store.SentinelConf;
import dev.pitcrew.read.systemd.SystemdFormat;
import dev.pitcrew.read.template.ChartValues;
import dev.pitcrew.read.template.TemplateFiles;
import java.util.List;

/// All formats. To add one, write its class and add its line here.
public final class Formats {
    /// In the order in which they read.
    public static final List<Format> ALL =
            List.of(
                    // compose, env, kubernetes
                    new EnvFormat(),
                    new ComposeFormat(),
                    new KubernetesFormat(),

                    // dockerfile, shell, pipelines, dependencies
                    new Dockerfiles(),
                    new IgnoreFiles(),
                    new ShellScripts(),
                    new GitHubActions(),
                    new GitLabCi(),
                    new Jenkinsfiles(),
                    new Requirements(),
                    new Pyproject(),
                    new Pom(),
                    new PackageJson(),
                    new Secrets(),

                    // store settings, migrations, units
                    new PostgresqlConf(),
                    new RedisConf(),
                    new SqlMigrations(),
                    new AlembicFormat(),
                    new DjangoFormat(),
                    new LiquibaseFormat(),
                    new SystemdFormat(),
                    new TemplateFiles(),
                    new ChartValues(),

                    // failover of stores
                    new PatroniConf(),
                    new SentinelConf(),
                    new RepmgrConf(),

                    // brokers
                    new KafkaConf(),
                    new RabbitConf(),

                    // what clouds rent, what hosts are told
                    new TerraformFormat(),
                    new CloudFormationFormat(),
                    new InventoryFormat(),
                    new PlaybookFormat(),

                    // proxies, prometheus
                    new PrometheusFormat(),
                    new AlertmanagerFormat(),
                    new GrafanaFormat(),
                    new GrafanaIni(),
                    new MetricsFormat(),
                    new NginxFormat(),
                    new HaproxyFormat());

    private Formats() {}
}
