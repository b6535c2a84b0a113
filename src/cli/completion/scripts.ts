/** What each shell loads: it asks `meet complete`, which answers a word a line, with what it is about behind a tab. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# bash completion of meet
_meet_complete() {
  local line current=\${COMP_WORDS[COMP_CWORD]}
  [[ $current == = ]] && current=
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    elif [[ $line == "$current"* ]]; then
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <(meet complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _meet_complete meet
`,
  zsh: `#compdef meet
_meet() {
  local line word files
  local -a found
  for line in "\${(@f)$(meet complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then
      files=1
    elif [[ -n $line ]]; then
      word=\${\${line%%$'\\t'*}//:/\\\\:}
      [[ $line == *$'\\t'* ]] && word+=:\${line#*$'\\t'}
      found+=("$word")
    fi
  done
  (( $#found )) && _describe -V meet found
  if [[ -n $files ]]; then
    compset -P '*='
    _files
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _meet "$@"
else
  compdef _meet meet
fi
`,
  fish: `# fish completion of meet
function __meet_complete
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  for line in (meet complete -- $before[2..-1] "$current" 2>/dev/null)
    if test "$line" = :files
      __fish_complete_path (string replace -r '^--[^=]*=' '' -- "$current")
    else
      echo $line
    end
  end
end
complete -c meet -f -a '(__meet_complete)'
`,
};

/** How a script comes to be loaded each time. */
export const INSTALL: Readonly<Record<string, string>> = {
  bash: "echo 'source <(meet completion bash)' >> ~/.bashrc",
  zsh: "echo 'source <(meet completion zsh)' >> ~/.zshrc   (below compinit)",
  fish: 'meet completion fish > ~/.config/fish/completions/meet.fish',
};
