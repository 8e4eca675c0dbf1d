using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Explanations;

/// <summary>Reads the body of an identity request as an identity with all its traits, with the checks and errors of the SDK endpoint.</summary>
internal static class IdentityBody
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="identifier">The identifier of the query, for a body without one; empty if there is none.</param>
    /// <param name="snapshot">The environment.</param>
    /// <param name="takesTraits">False if the environment ignores the traits, so that they do not make a transient identity either.</param>
    /// <param name="maxTraits">The maximum number of traits.</param>
    /// <param name="isTransient">True if an identifier was made.</param>
    /// <param name="problem">The error; null if there is none.</param>
    /// <returns>The identity; null if there is an error.</returns>
    public static Identity? Read(
        ReadOnlySpan<byte> body, string identifier, EnvironmentSnapshot snapshot, bool takesTraits, int maxTraits, out bool isTransient, out RequestProblem? problem)
    {
        isTransient = false;
        body = RequestBody.WithoutMark(body);
        var request = new IdentityRequest();
        request.Frame.Begin(snapshot);
        IdentityRequestReader.Read(body, request, takesTraits, maxTraits);
        problem = request.Problem;
        if (problem is not null)
        {
            return null;
        }

        var token = body[request.IdentifierToken];
        isTransient = token.IsEmpty && identifier.Length == 0;
        var identity = new Identity(
            !token.IsEmpty ? JsonElement.Parse(token).GetString()!
            : isTransient ? Encoding.ASCII.GetString(TransientIdentifier.Create(body, request.Traits))
            : identifier);
        foreach (var trait in request.SentTraits)
        {
            identity.Traits[JsonElement.Parse(body.Slice(trait.KeyStart, trait.KeyLength)).GetString()!] = ValueOf(body.Slice(trait.ValueStart, trait.ValueLength));
        }

        return identity;
    }

    private static ScalarValue ValueOf(ReadOnlySpan<byte> token)
    {
        if (token.IsEmpty)
        {
            return ScalarValue.Null;
        }

        var value = JsonElement.Parse(token);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => ScalarValue.FromJsonNumber(value.GetRawText()),
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            _ => ScalarValue.Null,
        };
    }
}
