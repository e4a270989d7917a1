package dev.pitcrew.read.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.read.survey.TestingSurvey;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What templates say of what is rented; the same facts as Terraform's.
class CloudFormationFormatTest {
    @Test
    void what_a_parameter_or_a_function_decides_is_left_out() {
        assertThat(
                        facts(
                                """
                                Resources:
                                  Oms:
                                    Type: AWS::RDS::DBInstance
                                    Properties:
                                      DBInstanceIdentifier: oms
                                      MultiAZ: !If [Live, true, false]
                                      DeletionProtection: !Ref Protect
                                      BackupRetentionPeriod: 0
                                      PubliclyAccessible: {Ref: Public}
                                  Spare:
                                    Type: AWS::RDS::DBInstance
                                    Condition: Wanted
                                """))
                .containsExactly("DATABASE Oms [oms] 2:3 backupDays=0 8:30");
    }

    @Test
    void json_rules_and_policies_are_read_as_well() {
        assertThat(
                        facts(
                                """
                                {"Resources": {
                                  "Fix": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"SecurityGroupIngress": [
                                    {"IpProtocol": "tcp", "FromPort": 9878, "ToPort": 9879, "CidrIp": "0.0.0.0/0"}]}},
                                  "Run": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Statement":
                                    {"Effect": "Allow", "Action": ["*"], "Resource": "*"}}}}}}
                                """))
                .containsExactly(
                        "FIREWALL Fix [] 2:3 source=0.0.0.0/0 3:71, ports=9878-9879 2:3",
                        "IDENTITY Run [] 4:3 may=everything 5:36");
    }

    private static List<String> facts(String text) {
        return TerraformFormatTest.told(TestingSurvey.of("stack.template.yaml", text));
    }
}
