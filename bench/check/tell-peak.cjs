// Required before a program: at its end it says on stderr how many megabytes it took at most.
process.on('exit', () => process.stderr.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}`));
