using System.CommandLine;
using EdgeProxy.Tools.Documents;
using EdgeProxy.Tools.Golden;
using EdgeProxy.Tools.Results;
using EdgeProxy.Tools.Upstream;

namespace EdgeProxy.Tools;

/// <summary>The command line.</summary>
internal static class ToolCommands
{
    /// <summary>The root command.</summary>
    public static RootCommand Root() => new("Tools for trying EdgeProxy by hand and in .ci/run.")
    {
        UpstreamCommand.Create(), GoldenCommand.Create(), MakeDocumentCommand.Create(), ResultsCommand.Create(),
    };
}
