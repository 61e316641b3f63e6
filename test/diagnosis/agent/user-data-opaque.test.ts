import { BARE, type Outcome, outcome, SHIPPED, statesAfter } from "./outcome";

/** What an image without the agent has after it. */
type Case = readonly [name: string, script: string, bare: Outcome];

const outOfSight: readonly Case[] = [
  ["curl into bash", "curl -fsSL https://example.com/bootstrap.sh | bash", "maybe"],
  [
    "curl into sudo bash with options",
    "curl https://example.com/bootstrap.sh | sudo -E bash -s -- --role web",
    "maybe",
  ],
  ["wget into sh", "wget -qO- https://example.com/bootstrap.sh | sh", "maybe"],
  ["bash of a process substitution", "bash <(curl -s https://example.com/bootstrap.sh)", "maybe"],
  ["bash -c of a command substitution", 'bash -c "$(curl -fsSL https://example.com/bootstrap.sh)"', "maybe"],
  ["eval of a command substitution", 'eval "$(curl -s https://example.com/env)"', "maybe"],
  ["a script fetched and run", "curl -o /tmp/b.sh https://example.com/b.sh\nchmod +x /tmp/b.sh\n/tmp/b.sh", "maybe"],
  ["a script from a bucket", "aws s3 cp s3://«Bucket»/setup.sh /tmp/setup.sh && bash /tmp/setup.sh", "maybe"],
  [
    "a script in a folder from a bucket",
    "aws s3 sync s3://bucket/scripts /opt/scripts\n/opt/scripts/install.sh",
    "maybe",
  ],
  ["a script of a repository", "git clone https://example.com/infra.git\ncd infra\n./setup.sh", "maybe"],
  ["a script sourced", "source /opt/env/setup.sh", "maybe"],
  ["make in a repository", "git clone https://example.com/boot.git && make -C boot install", "maybe"],
  ["make where a script has gone to", "git clone https://example.com/boot.git\ncd boot\nsudo make -j4", "maybe"],
  ["make of a fetched Makefile", "curl -o /tmp/Setup.mk https://example.com/s.mk\nmake -f /tmp/Setup.mk", "maybe"],
  ["another runner of tasks", "git clone https://example.com/boot.git && cd boot && just setup", "maybe"],
  [
    "make of a Makefile that deals with the agent",
    "cat > Makefile <<'EOF'\nagent:\n\t@yum install -y amazon-ssm-agent\nEOF\nmake agent",
    "maybe",
  ],
  ["ansible-pull", "ansible-pull -U https://example.com/play.git", "maybe"],
  ["a fetched script called setup.py", "aws s3 cp s3://bucket/setup.py .\npython3 setup.py", "maybe"],
  ["chef-client", "chef-client -z -o role[base]", "maybe"],
  ["a command that is a hole", "«BootstrapCommand» --now", "maybe"],
  ["a script by a hole's address", "curl «ScriptUrl» | bash", "maybe"],
  ["a program that is an unset variable", "$INSTALLER --quiet", "maybe"],
];

const leavesAgentAlone: readonly Case[] = [
  ["pip's own installer", "curl -O https://bootstrap.pypa.io/get-pip.py\npython3 get-pip.py", "none"],
  ["Docker's", "curl -fsSL https://get.docker.com | sh", "none"],
  ["Node's package repository", "curl -fsSL https://rpm.nodesource.com/setup_20.x | sudo bash -", "none"],
  [
    "the CodeDeploy agent's",
    "wget https://aws-codedeploy-us-east-1.s3.us-east-1.amazonaws.com/latest/install\nchmod +x ./install\n./install auto",
    "none",
  ],
  [
    "the AWS command line's",
    "curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip -o awscliv2.zip\nunzip awscliv2.zip\nsudo ./aws/install",
    "none",
  ],
  [
    "the CloudWatch agent's control program",
    "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s",
    "none",
  ],
  ["Python's setup", "cd aws-cfn-bootstrap-2.0\npython3 setup.py build\npython3 setup.py install", "none"],
  ["pip", "pip3 install https://s3.amazonaws.com/cloudformation-examples/aws-cfn-bootstrap-py3-latest.tar.gz", "none"],
  ["programs of the system", "/usr/bin/systemctl restart sshd\n/etc/init.d/nginx start", "none"],
  [
    "a program that is compiled",
    "wget https://www.python.org/ftp/python/3.13.0/Python-3.13.0.tgz\ntar xzf Python-3.13.0.tgz\ncd Python-3.13.0\n./configure --prefix=/opt/python\nmake -j2 && make altinstall",
    "none",
  ],
  ["a program that cmake prepares", "git clone https://example.com/tool.git\ncmake -S tool -B .\nmake install", "none"],
  ["make of a Makefile about something else", "printf 'all:\\n\\tyum install -y nginx\\n' > Makefile\nmake", "none"],
  ["make asked for its version", "yum install -y make\nmake --version", "none"],
  ["docker run", "docker run -d -p 80:80 nginx", "none"],
  ["a fetch alone", "curl -o /tmp/data.json https://example.com/data.json", "none"],
  [
    "the instance metadata",
    "TOKEN=$(curl -X PUT http://169.254.169.254/latest/api/token)\nID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)",
    "none",
  ],
  ["the EKS bootstrap of the image", "/etc/eks/bootstrap.sh «Cluster»", "none"],
  ["an ECS agent configuration", "echo ECS_CLUSTER=«Cluster» >> /etc/ecs/ecs.config", "none"],
];

test.each(outOfSight)("%s may install the agent", (_, script, bare) => {
  const userData = `#!/bin/bash\n${script}\n`;
  expect([outcome(userData, BARE), outcome(userData, SHIPPED)]).toEqual([bare, "agent"]);
});

test.each(leavesAgentAlone)("%s leaves the agent alone", (_, script, bare) => {
  const userData = `#!/bin/bash\n${script}\n`;
  expect([outcome(userData, BARE), outcome(userData, SHIPPED)]).toEqual([bare, "agent"]);
});

test.each([
  ["curl https://example.com/b.sh | bash", "it runs a script from https://example.com/b.sh, which is out of sight"],
  ["curl «ScriptUrl» | bash", "it runs a script from ${ScriptUrl}, which is out of sight"],
  ["«Bootstrap»", "a command in it is not known"],
  ["./setup.sh", "it runs ./setup.sh, whose content is out of sight"],
  ["ansible-pull -U x", "it runs an Ansible playbook that is out of sight"],
  ['if [ "$A" = b ]; then yum install -y amazon-ssm-agent.rpm; fi', 'it depends on `[ "$A" = b ]`'],
])("%s says why it is in doubt", (script, doubt) => {
  const doubts = statesAfter(`#!/bin/bash\n${script}\n`, BARE).map((state) => state.doubt);
  expect(new Set(doubts)).toEqual(new Set([doubt]));
});

test.each([
  ["curl https://user:hunter2@example.com/b.sh | bash", "hunter2"],
  ["curl 'https://example.com/b.sh?token=hunter2' | bash", "hunter2"],
  ['if [ "$A" = b ]; then ./ssm-setup-cli -register -activation-code hunter2; fi', "hunter2"],
])("%s is never shown with its secret", (script, secret) => {
  const states = statesAfter(`#!/bin/bash\n${script}\n`, BARE);
  expect(states.length).toBeGreaterThan(1);
  expect(JSON.stringify(states)).not.toContain(secret);
});
