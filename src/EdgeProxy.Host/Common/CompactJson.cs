using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeProxy.Host.Common;

/// <summary>Options for writing JSON.</summary>
internal static class CompactJson
{
    /// <summary>
    /// The encoder: answers are UTF-8 with a JSON content type, so only the characters that JSON reserves are escaped.
    /// </summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
