using System.Text;

namespace EdgeProxy.Fuzzing.Responses;

/// <summary>Exceptions to the rules of responses that the bytes of a case allow.</summary>
/// <param name="MayLackBodies">Something in it may be a request for a head alone.</param>
/// <param name="MayContinue">Something in it may ask to be told to go on.</param>
/// <param name="IsPreface">It may be taken for the start of HTTP/2, to which the server says in HTTP/2 that it is not spoken here.</param>
/// <param name="MayBeCutOff">The proxy was not the one to close the connection: the last answer may have an end too soon.</param>
internal sealed record ResponseExpectations(bool MayLackBodies, bool MayContinue, bool IsPreface, bool MayBeCutOff)
{
    /// <summary>For the bytes of a case.</summary>
    public static ResponseExpectations Of(byte[] sent, bool wasCutOff) => new(
        sent.AsSpan().IndexOf("HEAD"u8) >= 0, // methods are case-sensitive
        Encoding.Latin1.GetString(sent).Contains("100-continue", StringComparison.OrdinalIgnoreCase),
        sent.AsSpan().IndexOf("PRI * HTTP/2.0"u8) >= 0,
        wasCutOff);
}
