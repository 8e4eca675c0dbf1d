using System.Globalization;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Compares the limits of the process, of file descriptors and of memory, with what is configured and served.</summary>
internal static class ResourceCheck
{
    private const double BytesPerMegabyte = 1_000_000;

    /// <summary>Runs the checks.</summary>
    public static void Run(CheckContext context, CheckReport report)
    {
        var configured = context.Options.Limits.MaxConnections;
        var budget = DescriptorBudget.OfProcess(configured);
        if (budget.FindProblem(configured) is { } problem)
        {
            report.Warning("file descriptors", problem);
        }
        else
        {
            report.Ok("file descriptors", $"{(budget.Limit is { } limit ? $"{limit}" : "no limit")}, enough for limits.max_connections ({configured})");
        }

        RunMemory(context.Documents, MemoryLimit.OfProcess(), report);
    }

    /// <summary>Compares the memory that documents need with the limit.</summary>
    public static void RunMemory(IReadOnlyList<byte[]> documents, MemoryLimit limit, CheckReport report)
    {
        var needed = documents.Sum(static document => DocumentCost.MinBytes(document));
        var text = string.Create(CultureInfo.InvariantCulture, $"{limit.Bytes / BytesPerMegabyte:0} MB may be used ({limit.Name})");
        var need = string.Create(CultureInfo.InvariantCulture, $"{text}; the documents need at least {needed / BytesPerMegabyte:0} MB");
        if (needed > limit.Bytes)
        {
            report.Failure("memory", need, "Raise the memory limit, or serve fewer environments with this instance");
        }
        else if (needed > limit.Bytes / 2)
        {
            report.Warning("memory", $"{need}, and a new version of one is loaded while the old one is still served", "Raise the memory limit");
        }
        else
        {
            report.Ok("memory", documents.Count == 0 ? text : need);
        }
    }
}
