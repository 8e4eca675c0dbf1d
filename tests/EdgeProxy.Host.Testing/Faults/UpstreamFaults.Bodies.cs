using System.Text;

namespace EdgeProxy.Host.Testing.Faults;

/// <content>Bodies with status 200 that are not documents.</content>
internal static partial class UpstreamFaults
{
    // More than any test lets a document have.
    private const int TooMuch = 4 * 1024 * 1024;

    private static IEnumerable<UpstreamFault> Bodies()
    {
        const string NotJson = "not valid JSON";
        yield return Body("garbage", NotJson, "what?");
        yield return Body("half a document", NotJson, "{\"api_key\": [1,2,");
        yield return Body("a document and more", NotJson, "{\"api_key\":\"env\",\"feature_states\":[],\"project\":{}} more");
        yield return Body("a page for people", NotJson, "<!DOCTYPE html><html><body>We will be back soon.</body></html>");
        yield return Body("nothing", NotJson, "");
        yield return Body("no object", "Not an environment document", "[]");
        yield return Body("an object of another kind", "Not an environment document", "{\"results\":[]}");
        yield return Body("no key", "Not an environment document", "{\"feature_states\":[],\"project\":{}}");
        yield return Body("no features", "Not an environment document", "{\"api_key\":\"env\",\"project\":{}}");
        yield return Body("no project", "Not an environment document", "{\"api_key\":\"env\",\"feature_states\":[]}");
        yield return Body("too deep", NotJson, $"{{\"api_key\":\"env\",\"feature_states\":[],\"project\":{{}},\"deep\":{new string('[', 9999)}{new string(']', 9999)}}}");
        yield return Body("too large", "larger than", new string(' ', TooMuch));
        yield return new("not UTF-8", "not valid UTF-8", static (context, _) => context.Response.Body.WriteAsync(new byte[] { (byte)'"', 0xff, (byte)'"' }).AsTask());
        yield return new("less than it said", "closed the connection|connection reset|the answer broke off", static async (context, document) =>
        {
            context.Response.ContentLength = document.Length + 1;
            await context.Response.Body.WriteAsync(document);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        yield return new("more than it said", NotJson, static (context, document) =>
            WriteRawAsync(context, $"HTTP/1.1 200 OK\r\nContent-Length: {document.Length - 1}\r\nConnection: close\r\n\r\n", document));
    }

    private static UpstreamFault Body(string name, string reason, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new UpstreamFault(name, reason, (context, _) => context.Response.Body.WriteAsync(bytes).AsTask());
    }
}
