using System.Globalization;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks each key against the API: is it known, is it the pair of its client-side key, can its document be served, how long did it take.</summary>
internal static class KeyCheck
{
    private const string Name = "key";
    private const double BytesPerMegabyte = 1_000_000;

    /// <summary>Runs the check.</summary>
    /// <returns>The documents that can be served.</returns>
    public static async Task<IReadOnlyList<byte[]>> RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        var timeout = context.Options.Upstream.ApiPollTimeout;
        var results = await OnlineCheck.RunAsync(context.Options, cancellationToken);
        foreach (var result in results)
        {
            var text = $"{result.Name}: {result.Text}{Cost(result)}";
            if (!result.IsGood)
            {
                report.Failure(Name, text, result.IsRefused ? FailureAdvice.RejectedKey : null);
            }
            else if (result.Problems > 0)
            {
                report.Warning(Name, $"{text}; {result.Problems} of its parts are invalid and have no effect", "The log names each of them when the document is loaded");
            }
            else if (result.Elapsed > timeout / 2)
            {
                report.Warning(Name, $"{text}, more than half of api_poll_timeout_seconds", "Raise api_poll_timeout_seconds, or check why the API is slow");
            }
            else
            {
                report.Ok(Name, text);
            }
        }

        return [.. results.Select(static result => result.Document).OfType<byte[]>()];
    }

    private static string Cost(OnlineResult result) => result.Document is not { } document ? ""
        : string.Create(CultureInfo.InvariantCulture, $"; {document.Length / BytesPerMegabyte:0.###} MB in {result.Elapsed.TotalSeconds:0.###} s");
}
