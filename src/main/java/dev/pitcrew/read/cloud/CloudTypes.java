package dev.pitcrew.read.cloud;

import static dev.pitcrew.model.infra.CloudResource.CloudKind.BUCKET;
import static dev.pitcrew.model.infra.CloudResource.CloudKind.CACHE;
import static dev.pitcrew.model.infra.CloudResource.CloudKind.COMPUTE;
import static dev.pitcrew.model.infra.CloudResource.CloudKind.DATABASE;
import static dev.pitcrew.model.infra.CloudResource.CloudKind.KEY;
import static dev.pitcrew.model.infra.CloudResource.CloudKind.NETWORK;
import static dev.pitcrew.model.infra.CloudResource.CloudKind.QUEUE;

import dev.pitcrew.model.infra.CloudResource.CloudKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the attributes of each type of resource mean, in words that hold for every cloud.
///
/// @see <a href="https://registry.terraform.io/browse/providers">the providers' references</a>
final class CloudTypes {
    private static final Map<String, CloudType> ALL =
            Stream.of(
                            // databases
                            type("aws_db_instance", DATABASE)
                                    .unless("replicate_source_db")
                                    .titles("identifier", "db_name")
                                    .says("deletionProtected", "deletion_protection", "false")
                                    .says("backupDays", "backup_retention_period", "0")
                                    .says("severalZones", "multi_az", "false")
                                    .says("isPublic", "publicly_accessible", "false"),
                            type("aws_rds_cluster", DATABASE)
                                    .unless("replication_source_identifier")
                                    .titles("cluster_identifier", "database_name")
                                    .says("deletionProtected", "deletion_protection", "false")
                                    .says("backupDays", "backup_retention_period", "1"),
                            type("aws_rds_cluster_instance", DATABASE)
                                    .titles("identifier")
                                    .says("isPublic", "publicly_accessible", "false"),
                            type("aws_docdb_cluster", DATABASE)
                                    .titles("cluster_identifier")
                                    .says("deletionProtected", "deletion_protection", "false")
                                    .says("backupDays", "backup_retention_period", "1"),
                            type("aws_dynamodb_table", DATABASE)
                                    .titles("name")
                                    .says(
                                            "deletionProtected",
                                            "deletion_protection_enabled",
                                            "false")
                                    .says(
                                            "backupDays",
                                            "point_in_time_recovery.enabled",
                                            "false",
                                            "true",
                                            "35",
                                            "false",
                                            "0"),
                            type("terraform-aws-modules/rds/aws", DATABASE)
                                    .unless("replicate_source_db")
                                    .titles("identifier", "db_name")
                                    .says("deletionProtected", "deletion_protection", "false")
                                    .says("backupDays", "backup_retention_period", "")
                                    .says("severalZones", "multi_az", "false")
                                    .says("isPublic", "publicly_accessible", "false"),
                            type("google_sql_database_instance", DATABASE)
                                    .unless("master_instance_name")
                                    .titles("name")
                                    .says("deletionProtected", "deletion_protection", "true")
                                    .says(
                                            "backupDays",
                                            "settings.backup_configuration.enabled",
                                            "false",
                                            "true",
                                            "7",
                                            "false",
                                            "0")
                                    .says(
                                            "severalZones",
                                            "settings.availability_type",
                                            "ZONAL",
                                            "ZONAL",
                                            "false",
                                            "REGIONAL",
                                            "true")
                                    .says(
                                            "isPublic",
                                            "settings.ip_configuration.authorized_networks.value",
                                            "",
                                            "0.0.0.0/0",
                                            "true"),
                            type("azurerm_postgresql_flexible_server", DATABASE)
                                    .unless("source_server_id")
                                    .titles("name")
                                    .says("backupDays", "backup_retention_days", "7")
                                    .says(
                                            "severalZones",
                                            "high_availability.mode",
                                            "none",
                                            "none",
                                            "false",
                                            "SameZone",
                                            "false",
                                            "ZoneRedundant",
                                            "true"),
                            type("azurerm_postgresql_flexible_server_firewall_rule", DATABASE)
                                    .titles("name")
                                    .says(
                                            "isPublic",
                                            "end_ip_address",
                                            "",
                                            "255.255.255.255",
                                            "true"),
                            type("azurerm_mssql_firewall_rule", DATABASE)
                                    .titles("name")
                                    .says(
                                            "isPublic",
                                            "end_ip_address",
                                            "",
                                            "255.255.255.255",
                                            "true"),
                            type("AWS::RDS::DBInstance", DATABASE)
                                    .unless("SourceDBInstanceIdentifier", "DBClusterIdentifier")
                                    .titles("DBInstanceIdentifier", "DBName")
                                    .says("deletionProtected", "DeletionProtection", "false")
                                    .says("backupDays", "BackupRetentionPeriod", "1")
                                    .says("severalZones", "MultiAZ", "false")
                                    .says("isPublic", "PubliclyAccessible", "false"),
                            type("AWS::RDS::DBCluster", DATABASE)
                                    .titles("DBClusterIdentifier", "DatabaseName")
                                    .says("deletionProtected", "DeletionProtection", "false")
                                    .says("backupDays", "BackupRetentionPeriod", "1"),
                            type("AWS::DynamoDB::Table", DATABASE)
                                    .titles("TableName")
                                    .says("deletionProtected", "DeletionProtectionEnabled", "false")
                                    .says(
                                            "backupDays",
                                            "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
                                            "false",
                                            "true",
                                            "35",
                                            "false",
                                            "0"),

                            // caches and queues
                            type("aws_elasticache_replication_group", CACHE)
                                    .titles("replication_group_id")
                                    .says("failsOver", "automatic_failover_enabled", "false"),
                            type("google_redis_instance", CACHE)
                                    .titles("name")
                                    .says(
                                            "failsOver",
                                            "tier",
                                            "BASIC",
                                            "BASIC",
                                            "false",
                                            "STANDARD_HA",
                                            "true"),
                            type("AWS::ElastiCache::ReplicationGroup", CACHE)
                                    .titles("ReplicationGroupId")
                                    .says("failsOver", "AutomaticFailoverEnabled", "true"),
                            type("aws_sqs_queue", QUEUE)
                                    .titles("name")
                                    .says("isOrdered", "fifo_queue", "false"),
                            type("AWS::SQS::Queue", QUEUE)
                                    .titles("QueueName")
                                    .says("isOrdered", "FifoQueue", "false"),

                            // objects and keys
                            type("aws_s3_bucket", BUCKET)
                                    .titles("bucket", "bucket_prefix")
                                    .says("isVersioned", "versioning.enabled", ""),
                            type("google_storage_bucket", BUCKET)
                                    .titles("name")
                                    .says("isVersioned", "versioning.enabled", "false"),
                            type("AWS::S3::Bucket", BUCKET)
                                    .titles("BucketName")
                                    .says(
                                            "isVersioned",
                                            "VersioningConfiguration.Status",
                                            "Suspended",
                                            "Enabled",
                                            "true",
                                            "Suspended",
                                            "false"),
                            type("aws_kms_key", KEY)
                                    .titles("description")
                                    .says("waitDays", "deletion_window_in_days", "30"),
                            type("AWS::KMS::Key", KEY)
                                    .titles("Description")
                                    .says("waitDays", "PendingWindowInDays", "30"),
                            type("azurerm_key_vault", KEY)
                                    .titles("name")
                                    .says(
                                            "waitDays",
                                            "purge_protection_enabled",
                                            "false",
                                            "false",
                                            "0",
                                            "true",
                                            "90"),

                            // machines
                            type("aws_spot_instance_request", COMPUTE)
                                    .says(
                                            "isSpot",
                                            "spot_type",
                                            "persistent",
                                            "persistent",
                                            "true",
                                            "one-time",
                                            "true"),
                            type("aws_instance", COMPUTE)
                                    .says(
                                            "isSpot",
                                            "instance_market_options.market_type",
                                            "",
                                            "spot",
                                            "true"),
                            type("aws_launch_template", COMPUTE)
                                    .titles("name", "name_prefix")
                                    .says(
                                            "isSpot",
                                            "instance_market_options.market_type",
                                            "",
                                            "spot",
                                            "true"),
                            type("aws_eks_node_group", COMPUTE)
                                    .titles("node_group_name")
                                    .says("isSpot", "capacity_type", "", "SPOT", "true"),
                            type("aws_ecs_service", COMPUTE)
                                    .titles("name")
                                    .says(
                                            "isSpot",
                                            "capacity_provider_strategy.capacity_provider",
                                            "",
                                            "FARGATE_SPOT",
                                            "true"),
                            type("google_compute_instance", COMPUTE)
                                    .titles("name")
                                    .says("isSpot", "scheduling.preemptible", ""),
                            type("google_container_node_pool", COMPUTE)
                                    .titles("name")
                                    .says("isSpot", "node_config.spot", ""),
                            type("azurerm_linux_virtual_machine", COMPUTE)
                                    .titles("name")
                                    .says("isSpot", "priority", "", "Spot", "true"),
                            type("azurerm_kubernetes_cluster_node_pool", COMPUTE)
                                    .titles("name")
                                    .says("isSpot", "priority", "", "Spot", "true"),

                            // networks
                            type("terraform-aws-modules/vpc/aws", NETWORK)
                                    .titles("name")
                                    .says("isOneWayOut", "single_nat_gateway", "false"))
                    .collect(Collectors.toUnmodifiableMap(CloudType::name, one -> one));

    private CloudTypes() {}

    static Optional<CloudType> of(String type) {
        return Optional.ofNullable(ALL.get(type));
    }

    private static CloudType type(String name, CloudKind kind) {
        return new CloudType(name, kind, List.of(), List.of(), List.of());
    }
}
