import { BARE, type Outcome, outcome, SHIPPED } from "./outcome";

const SETUP = "https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/windows_amd64/AmazonSSMAgentSetup.exe";

type Case = readonly [name: string, script: string, bare: Outcome, shipped: Outcome];

const powershell: readonly Case[] = [
  [
    "the setup fetched and run",
    `Invoke-WebRequest ${SETUP} -OutFile C:\\setup.exe\nStart-Process -FilePath C:\\setup.exe -ArgumentList "/S" -Wait`,
    "agent",
    "agent",
  ],
  [
    "the setup under another name, lines continued",
    `Invoke-WebRequest \`\n    ${SETUP} \`\n    -OutFile $env:USERPROFILE\\Desktop\\SSMAgent_latest.exe\nStart-Process \`\n    -FilePath $env:USERPROFILE\\Desktop\\SSMAgent_latest.exe \`\n    -ArgumentList "/S"\nrm -Force $env:USERPROFILE\\Desktop\\SSMAgent_latest.exe\nRestart-Service AmazonSSMAgent`,
    "agent",
    "agent",
  ],
  [
    "the setup by WebClient into a folder variable",
    `$dir = $env:TEMP + "\\ssm"\nNew-Item -ItemType directory -Path $dir -Force\ncd $dir\n(New-Object System.Net.WebClient).DownloadFile("${SETUP}", $dir + "\\AmazonSSMAgentSetup.exe")\nStart-Process .\\AmazonSSMAgentSetup.exe -ArgumentList @("/q", "/log", "install.log") -Wait`,
    "agent",
    "agent",
  ],
  [
    "the setup with its address in a variable",
    `$url = "${SETUP}"\n$path = "C:\\temp\\agent.exe"\nInvoke-WebRequest -Uri $url -OutFile $path\n& $path /S`,
    "agent",
    "agent",
  ],
  [
    "in a try block",
    `try {\n  Invoke-WebRequest ${SETUP} -OutFile C:\\AmazonSSMAgentSetup.exe\n  Start-Process C:\\AmazonSSMAgentSetup.exe -ArgumentList '/S' -Wait\n} catch {\n  Write-Host "failed"\n}`,
    "agent",
    "agent",
  ],
  ["an MSI", "Start-Process msiexec.exe -ArgumentList '/i C:\\AmazonSSMAgent.msi /qn' -Wait", "agent", "agent"],
  [
    "only when the service is missing",
    `if (-not (Get-Service AmazonSSMAgent -ErrorAction SilentlyContinue)) {\n  Invoke-WebRequest ${SETUP} -OutFile C:\\AmazonSSMAgentSetup.exe\n  Start-Process C:\\AmazonSSMAgentSetup.exe -ArgumentList '/S'\n}`,
    "agent",
    "agent",
  ],
  [
    "only when the service kept in a variable is missing",
    `$svc = Get-Service -Name AmazonSSMAgent -ErrorAction SilentlyContinue\nif ($svc -eq $null) { C:\\AmazonSSMAgentSetup.exe /S }`,
    "agent",
    "agent",
  ],
  [
    "only when its program is missing",
    `if (!(Test-Path "C:\\Program Files\\Amazon\\SSM\\amazon-ssm-agent.exe")) {\n  C:\\AmazonSSMAgentSetup.exe /S\n}`,
    "agent",
    "agent",
  ],
  ["under some condition", "if ($env:ENABLE -eq 'yes') { C:\\AmazonSSMAgentSetup.exe /S }", "maybe", "agent"],
  [
    "removed by its own setup",
    "Start-Process C:\\AmazonSSMAgentSetup.exe -ArgumentList '/uninstall','/quiet' -Wait",
    "none",
    "none",
  ],
  ["Stop-Service", "Stop-Service AmazonSSMAgent", "none", "none"],
  ["Stop-Service with -Name and -Force", 'Stop-Service -Name "AmazonSSMAgent" -Force', "none", "none"],
  ["Set-Service Disabled", "Set-Service -Name AmazonSSMAgent -StartupType Disabled", "none", "none"],
  ["Set-Service Stopped", "Set-Service AmazonSSMAgent -Status Stopped", "none", "none"],
  ["a pipeline of cmdlets", "Get-Service AmazonSSMAgent | Stop-Service -Force", "none", "none"],
  ["sc.exe config", "sc.exe config AmazonSSMAgent start= disabled", "none", "none"],
  ["net stop", "net stop AmazonSSMAgent", "none", "none"],
  ["Uninstall-Package", 'Get-Package "Amazon SSM Agent" | Uninstall-Package', "none", "none"],
  [
    "a loop over services",
    "foreach ($s in 'Spooler','AmazonSSMAgent') {\n  Stop-Service $s\n  Set-Service $s -StartupType Disabled\n}",
    "none",
    "none",
  ],
  [
    "a loop over a list in a variable",
    "$services = @('Spooler', 'AmazonSSMAgent')\nforeach ($s in $services) { Stop-Service -Name $s }",
    "none",
    "none",
  ],
  [
    "a service that runs stopped",
    "if ((Get-Service AmazonSSMAgent).Status -eq 'Running') { Stop-Service AmazonSSMAgent }",
    "none",
    "none",
  ],
  [
    "a service that does not run started",
    "Stop-Service AmazonSSMAgent\nif ((Get-Service AmazonSSMAgent).Status -ne 'Running') { Start-Service AmazonSSMAgent }",
    "none",
    "agent",
  ],
  ["stopped and started again", "Stop-Service AmazonSSMAgent\nStart-Service AmazonSSMAgent", "none", "agent"],
  ["stopped and the machine restarted", "Stop-Service AmazonSSMAgent\nRestart-Computer -Force", "none", "agent"],
  [
    "enabled and started where it is absent",
    'try {\n  Set-Service -Name "AmazonSSMAgent" -StartupType Automatic -ErrorAction SilentlyContinue\n  Start-Service -Name "AmazonSSMAgent" -ErrorAction SilentlyContinue\n} catch { Write-Output "Warning" }',
    "none",
    "agent",
  ],
  ["a function that is called", "function Remove-It {\n  Stop-Service AmazonSSMAgent\n}\nRemove-It", "none", "none"],
  ["a function that is not", "function Remove-It {\n  Stop-Service AmazonSSMAgent\n}", "none", "agent"],
  ["a comment", "# Stop-Service AmazonSSMAgent\n<# Stop-Service AmazonSSMAgent\n#>", "none", "agent"],
  ["an output", 'Write-Host "Stop-Service AmazonSSMAgent"', "none", "agent"],
  ["a here-string for a file", "@'\nStop-Service AmazonSSMAgent\n'@ | Out-File C:\\notes.txt", "none", "agent"],
  ["only the setup fetched", `Invoke-WebRequest ${SETUP} -OutFile C:\\AmazonSSMAgentSetup.exe`, "none", "agent"],
  [
    "a rename and a restart",
    '$instanceId = "null"\nwhile ($instanceId -NotLike "i-*") {\nStart-Sleep -s 3\n$instanceId = Invoke-RestMethod -uri http://169.254.169.254/latest/meta-data/instance-id\n}\nRename-Computer -NewName «Name» -Force\nRestart-Computer -Force',
    "none",
    "agent",
  ],
  [
    "a switch with a default",
    "switch ($env:ROLE) {\n  'web' { Stop-Service AmazonSSMAgent }\n  default { }\n}",
    "none",
    "maybe",
  ],
  [
    "a script evaluated from the web",
    "iex ((New-Object System.Net.WebClient).DownloadString('https://example.com/setup.ps1'))",
    "maybe",
    "agent",
  ],
  [
    "Chocolatey's own installer",
    "iex ((New-Object System.Net.WebClient).DownloadString('https://community.chocolatey.org/install.ps1'))",
    "none",
    "agent",
  ],
  [
    "a script of the image's own",
    "powershell -file C:\\buildkite-agent\\bin\\bk-install-elastic-stack.ps1 >> C:\\elastic-stack.log",
    "maybe",
    "agent",
  ],
];

const batch: readonly Case[] = [
  ["the setup run", "start /wait C:\\AmazonSSMAgentSetup.exe /S", "agent", "agent"],
  [
    "the setup run when its program is missing",
    'if not exist "C:\\Program Files\\Amazon\\SSM\\amazon-ssm-agent.exe" (\n  C:\\AmazonSSMAgentSetup.exe /S\n)',
    "agent",
    "agent",
  ],
  ["net stop and sc config", "net stop AmazonSSMAgent & sc config AmazonSSMAgent start= disabled", "none", "none"],
  ["under some condition", 'if "%COMPUTERNAME%"=="WEB" net stop AmazonSSMAgent', "none", "maybe"],
  [
    "PowerShell inside",
    'powershell -NoProfile -ExecutionPolicy Bypass -Command "Stop-Service AmazonSSMAgent"',
    "none",
    "none",
  ],
  [
    "an encoded PowerShell command",
    `powershell -EncodedCommand ${Buffer.from("Stop-Service AmazonSSMAgent", "utf16le").toString("base64")}`,
    "none",
    "none",
  ],
  [
    "the product uninstalled",
    "wmic product where \"name like 'Amazon SSM Agent%'\" call uninstall /nointeractive",
    "none",
    "none",
  ],
  ["a remark", "rem net stop AmazonSSMAgent\n:: net stop AmazonSSMAgent", "none", "agent"],
  ["an echo", "echo net stop AmazonSSMAgent", "none", "agent"],
];

test.each(powershell)("a PowerShell script: %s", (_, script, bare, shipped) => {
  const userData = `<powershell>\n${script}\n</powershell>\n<persist>true</persist>`;
  expect([outcome(userData, BARE), outcome(userData, SHIPPED)]).toEqual([bare, shipped]);
});

test.each(batch)("a command prompt script: %s", (_, script, bare, shipped) => {
  const userData = `<script>\n${script}\n</script>`;
  expect([outcome(userData, BARE), outcome(userData, SHIPPED)]).toEqual([bare, shipped]);
});
