using BenchmarkDotNet.Running;
using EdgeProxy.Benchmarks.Allocations;

namespace EdgeProxy.Benchmarks;

/// <summary><c>allocations</c> checks the table of allocated bytes; anything else is for BenchmarkDotNet.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["allocations", .. var options])
        {
            return AllocationCommand.Run(options, Console.Out);
        }

        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, BenchmarkSettings.Create());
        return summaries.Any(static summary => summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success)) ? 1 : 0;
    }
}
