import type { CommandWords, Follower, OptionWords } from "./words";

/**
 * For bash 3.2 and newer, which has neither `mapfile` nor always `compopt`. Where nothing is offered, bash offers files.
 * Bash takes `=` for a word of its own.
 */
export const bashScript = (commands: readonly CommandWords[]): string => `# bash completion for ssm-preflight
# Load it with: source <(ssm-preflight completion bash)

_ssm_preflight() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" index
  COMPREPLY=()
  if [[ $word == "=" ]]; then
    word=""
  elif [[ $previous == "=" ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
    # What stands behind FORMAT= is a file.
    [[ $previous == --* ]] || return
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in
      ${commands.map(({ name }) => name).join("|")}) command="\${COMP_WORDS[index]}"; break ;;
    esac
  done
  case "$command $previous" in
${commands.flatMap(({ name, options }) => options.flatMap((option) => valueCase(name, option))).join("\n")}
  esac
  case "$command $word" in
${commands.flatMap(commandCases).join("\n")}
    " -"*) _ssm_preflight_words "--help --version" ;;
    " "*) _ssm_preflight_words "${commands.map(({ name }) => name).join(" ")}" ;;
  esac
}

_ssm_preflight_words() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}

complete -o default -F _ssm_preflight ssm-preflight
`;

function valueCase(command: string, { name, value, isValueOptional }: OptionWords): readonly string[] {
  const offered = valueAction(value);
  return offered === undefined || isValueOptional ? [] : [`    "${command} ${name}") ${offered}return ;;`];
}

/** Undefined where the option takes no value. */
function valueAction(value: Follower): string | undefined {
  switch (value.kind) {
    case "nothing":
      return undefined;
    case "words":
      return `_ssm_preflight_words "${value.words.join(" ")}"; `;
    case "words-for-files":
      return `compopt -o nospace 2>/dev/null; _ssm_preflight_words "${value.words.map((word) => `${word}=`).join(" ")}"; `;
    case "files":
    case "anything":
      return "";
  }
}

function commandCases({ name, options, argument }: CommandWords): readonly string[] {
  const names = options.map((option) => option.name).join(" ");
  const ofOptions = `    "${name} -"*) _ssm_preflight_words "${names}" ;;`;
  if (argument.kind !== "words") return [ofOptions];
  return [ofOptions, `    "${name} "*) _ssm_preflight_words "${argument.words.join(" ")}" ;;`];
}
