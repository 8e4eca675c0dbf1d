namespace EdgeProxy.Fuzzing.Responses;

/// <summary>Thrown for a response that is not HTTP, or not one that the proxy sends.</summary>
internal sealed class MalformedResponseException : Exception
{
    public MalformedResponseException(string message)
        : base(message)
    {
    }
}
