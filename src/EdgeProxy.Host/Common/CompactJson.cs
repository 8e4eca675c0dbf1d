using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeProxy.Host.Common;

/// <summary>Options for writing JSON.</summary>
internal static class CompactJson
{
    /// <summary>Answers have a JSON content type and are UTF-8: only what JSON itself reserves is escaped.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
