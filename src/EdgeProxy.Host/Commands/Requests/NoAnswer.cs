using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands.Requests;

/// <summary>Describes requests to a proxy that got no answer, in words.</summary>
internal static class NoAnswer
{
    /// <summary>Describes the cause.</summary>
    /// <param name="exception">The exception: of the HTTP client, or of its timeout.</param>
    /// <param name="url">The requested URL.</param>
    /// <param name="timeout">The timeout.</param>
    public static string Describe(Exception exception, Uri url, TimeSpan timeout) => exception is HttpRequestException failed
        ? ConnectionFailure.Of(failed, url).Message.Split(" (")[0] // the hint is about the API
        : $"no answer within {timeout.TotalSeconds} s";
}
