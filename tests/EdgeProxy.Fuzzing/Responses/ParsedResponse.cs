using System.Text;

namespace EdgeProxy.Fuzzing.Responses;

/// <summary>One answer, as it was on the wire.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers, in their order.</param>
/// <param name="Body">The body as it came, in whatever coding.</param>
/// <param name="Raw">All of it.</param>
internal sealed record ParsedResponse(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, byte[] Raw)
{
    /// <summary>The value of a header; null if it is not there.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>All of it but the time, which is all that may differ between two answers to a question.</summary>
    public string WithoutDate => string.Join(
        "\r\n", Encoding.Latin1.GetString(Raw).Split("\r\n").Where(static line => !line.StartsWith("Date: ", StringComparison.Ordinal)));
}
