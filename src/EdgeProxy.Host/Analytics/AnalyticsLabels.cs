namespace EdgeProxy.Host.Analytics;

/// <summary>The labels that the upstream stores with a count. An empty text is none.</summary>
/// <param name="ApplicationName">The application's name.</param>
/// <param name="ApplicationVersion">The application's version.</param>
/// <param name="Sdk">The user agent of the SDK.</param>
internal readonly record struct AnalyticsLabels(string ApplicationName, string ApplicationVersion, string Sdk)
{
    private const int MaxLength = 200;
    private const string SdkPrefix = "flagsmith-";

    /// <summary>No labels.</summary>
    public static AnalyticsLabels None { get; } = new("", "", "");

    /// <summary>The labels in the headers of a request (docs/spec/analytics.md 1.3).</summary>
    /// <param name="applicationName">The value of <c>Flagsmith-Application-Name</c>.</param>
    /// <param name="applicationVersion">The value of <c>Flagsmith-Application-Version</c>.</param>
    /// <param name="userAgent">The user agent.</param>
    public static AnalyticsLabels Of(string applicationName, string applicationVersion, string userAgent) => new(
        Clean(applicationName),
        Clean(applicationVersion),
        userAgent.StartsWith(SdkPrefix, StringComparison.Ordinal) ? Clean(userAgent) : "");

    private static string Clean(string value) =>
        value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? ""
        : value.Length > MaxLength ? value[..MaxLength].TrimEnd()
        : value;
}
