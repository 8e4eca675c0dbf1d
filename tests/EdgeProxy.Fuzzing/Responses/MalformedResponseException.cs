namespace EdgeProxy.Fuzzing.Responses;

/// <summary>What came back is not HTTP, or not an answer that the proxy gives.</summary>
internal sealed class MalformedResponseException : Exception
{
    public MalformedResponseException(string message)
        : base(message)
    {
    }
}
