package dev.pitcrew.read.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.HostGroup;
import dev.pitcrew.model.infra.HostPlay;
import dev.pitcrew.model.infra.HostPlay.HostTask;
import dev.pitcrew.read.survey.TestingSurvey;
import org.junit.jupiter.api.Test;

/// What plays do, in order, and whose hosts they do it to.
class AnsibleFormatsTest {
    @Test
    void
            a_play_has_the_tasks_of_its_roles_and_of_what_it_takes_in_in_the_order_in_which_they_run() {
        var survey =
                TestingSurvey.of(
                        "ansible/site.yml",
                        """
                        - hosts: gateways
                          serial: 1
                          tasks:
                            - import_tasks: more.yml
                            - block:
                                - shell: systemctl restart {{ unit }}
                              rescue:
                                - service: name=oms state="restarted"
                          roles: [{role: gateway}]
                          pre_tasks:
                            - name: First
                              ansible.builtin.debug: {msg: "{{ x }}"}
                        """,
                        "ansible/more.yml",
                        "- name: Second\n  debug: {}\n",
                        "ansible/roles/gateway/meta/main.yml",
                        "dependencies: [clock]\n",
                        "ansible/roles/gateway/tasks/main.yml",
                        "- name: Jar\n  copy: {src: a, dest: b}\n  notify: again\n",
                        "ansible/roles/gateway/handlers/main.yml",
                        "- name: again\n  systemd: {name: gateway, state: restarted}\n",
                        "ansible/roles/clock/tasks/main.yml",
                        "- package: {name: chrony}\n");
        var play = survey.all(HostPlay.class).getFirst();

        assertThat(play.hosts().value()).isEqualTo("gateways");
        assertThat(play.serial()).map(Located::value).contains("1");
        assertThat(play.isWhole()).isTrue();
        assertThat(play.tasks())
                .extracting(one -> one.module() + " " + one.place())
                .containsExactly(
                        "debug ansible/site.yml:12:7",
                        "package ansible/roles/clock/tasks/main.yml:1:3",
                        "copy ansible/roles/gateway/tasks/main.yml:2:3",
                        "debug ansible/more.yml:2:3",
                        "shell ansible/site.yml:6:11",
                        "service ansible/site.yml:8:11");
        assertThat(play.called()).extracting(HostTask::name).containsExactly("again");
        assertThat(play.tasks())
                .flatExtracting(one -> one.restarts().map(Located::value).stream().toList())
                .containsExactly("{{unit}}", "oms");
    }

    @Test
    void a_play_that_takes_in_what_is_not_here_is_not_whole() {
        var survey = TestingSurvey.of("site.yml", "- hosts: all\n  roles:\n    - galaxy.role\n");

        assertThat(survey.all(HostPlay.class).getFirst().isWhole()).isFalse();
    }

    @Test
    void an_inventory_lists_its_groups_with_the_hosts_of_those_within() {
        var survey =
                TestingSurvey.of(
                        "inventory/hosts.ini",
                        """
                        lonely
                        [gateways]
                        gw[01:04].desk ansible_user=x
                        [site:children]
                        gateways
                        loop
                        [loop:children]
                        site
                        [gateways:vars]
                        a=b
                        """,
                        "inventory/paper.yml",
                        """
                        all:
                          children:
                            feeds:
                              hosts: {f1: {}, f2: {}}
                        """);

        assertThat(survey.all(HostGroup.class))
                .extracting(one -> one.name() + " " + one.hosts() + " " + one.place())
                .containsExactly(
                        "gateways [gw01.desk, gw04.desk] inventory/hosts.ini:2:2",
                        "site [gw01.desk, gw04.desk] inventory/hosts.ini:4:2",
                        "loop [gw01.desk, gw04.desk] inventory/hosts.ini:7:2",
                        "all [f1, f2] inventory/paper.yml:1:1",
                        "feeds [f1, f2] inventory/paper.yml:3:5");
    }
}
