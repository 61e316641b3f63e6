#!/usr/bin/env bash
# What action.yml runs. Inputs are environment variables, and none of them is read as code. Works with the bash 3.2 of macOS.
set -euo pipefail

refuse() {
  echo "::error title=ssm-preflight::$1"
  exit 2
}

# Outputs are lines of a file, to which a second line would add another one.
for name in INPUT_SARIF_FILE INPUT_COMMENT_FILE; do
  [[ ${!name} != *$'\n'* ]] || refuse "the name of a file is one line"
done
for name in INPUT_SUMMARY INPUT_UPLOAD_SARIF; do
  [[ ${!name} == true || ${!name} == false ]] || refuse "summary and upload-sarif are true or false"
done

version=$INPUT_VERSION
[[ -n $version ]] || version=$(cd "$GITHUB_ACTION_PATH" && node -p 'require("./package.json").version')
# Anything else could name another package, or a file.
[[ $version =~ ^[0-9A-Za-z.+-]+$ ]] || refuse "version is a version or a tag of the npm package, such as 1.2.3 or latest"

sarif=$INPUT_SARIF_FILE
[[ -n $sarif || $INPUT_UPLOAD_SARIF == false ]] || sarif=$RUNNER_TEMP/ssm-preflight.sarif
summary=
[[ $INPUT_SUMMARY == false ]] || summary=$RUNNER_TEMP/ssm-preflight-summary.md
# What an earlier step left there is no report of this one.
rm -f "$RUNNER_TEMP/ssm-preflight.sarif" "$RUNNER_TEMP/ssm-preflight-summary.md"

arguments=(check --format=github)
option() {
  [[ -z $2 ]] || arguments+=("$1=$2")
}
each_line() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%$'\r'}
    [[ -z $line ]] || "$1" "$2" "$line"
  done <<<"$3"
}
path() {
  arguments+=("$2")
}

option --fail-on "$INPUT_FAIL_ON"
option --changed-since "$INPUT_CHANGED_SINCE"
option --config "$INPUT_CONFIG"
option --region "$INPUT_REGION"
option --account "$INPUT_ACCOUNT"
each_line option --parameter "$INPUT_PARAMETERS"
each_line option --parameters "$INPUT_PARAMETER_FILES"
option --output "${sarif:+sarif=$sarif}"
option --output "${INPUT_COMMENT_FILE:+markdown=$INPUT_COMMENT_FILE}"
option --output "${summary:+markdown=$summary}"
arguments+=(--)
each_line path "" "$INPUT_PATHS"

status=0
npx --yes "ssm-preflight@$version" "${arguments[@]}" || status=$?

[[ ! -f $summary ]] || cat "$summary" >>"$GITHUB_STEP_SUMMARY"
{
  echo "status=$status"
  [[ ! -f $sarif ]] || echo "sarif-file=$sarif"
  [[ ! -f $INPUT_COMMENT_FILE ]] || echo "comment-file=$INPUT_COMMENT_FILE"
} >>"$GITHUB_OUTPUT"
exit "$status"
