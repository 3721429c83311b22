package io.meltemi.webapp;

import picocli.CommandLine.Command;

/** {@code meltemi templates}: machine templates travel as packages. */
@Command(
    name = "templates",
    description = "Brings machine templates in from OVF packages, and out as such.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(import | export)",
    subcommands = {TemplatesImport.class, TemplatesExport.class})
public final class TemplatesCommand {}
