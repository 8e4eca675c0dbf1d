namespace EdgeProxy.Host.Upstream.Failures;

/// <summary>Advice for failures that an operator must end, for the log and for the commands.</summary>
internal static class FailureAdvice
{
    /// <summary>For a rejected server-side key.</summary>
    public const string RejectedKey = "Check that the key pair is correct, that the key is not revoked, and that api_url is the API it belongs to";

    /// <summary>For a rejected document.</summary>
    public const string RejectedDocument = "Check that api_url is a Flagsmith API, or undo the last change in Flagsmith";
}
