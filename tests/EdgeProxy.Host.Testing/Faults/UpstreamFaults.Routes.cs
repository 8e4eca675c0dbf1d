using System.Text;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing.Faults;

/// <content>Faulty redirects and links to further pages.</content>
internal static partial class UpstreamFaults
{
    private static IEnumerable<UpstreamFault> Redirects()
    {
        yield return new("redirects in a circle", "redirected more than 5 times", static (context, _) => AnswerRedirect(context, context.Request.Path));
        yield return Redirect("redirect to another host", "redirected to another host", "http://elsewhere.invalid/api/v1/environment-document/");
        yield return Redirect("redirect to another port", "redirected to another host", "http://127.0.0.1:1/api/v1/environment-document/");
        yield return Redirect("redirect to a file", "redirected to another host", "file:///api/v1/environment-document");
        yield return Redirect("redirect to nowhere", "redirected to nowhere", null);
        yield return Redirect("redirect to no address", "redirected to nowhere", "http://[");
        yield return new("redirect to https without a certificate", "the TLS handshake with .* failed", static (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = $"https://{context.Request.Host}{context.Request.Path}";
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<UpstreamFault> Pages()
    {
        yield return Linked("pages in a circle", "its pages go in a circle", "?page=1", (context, document) => AnswerWithLinkAsync(context, document, "?page=1"));
        yield return Linked("pages without end", "more than 1000 pages", "?page=1", AnswerWithOneMoreAsync) with { IsExpensive = true };
        yield return Linked("page elsewhere", "another origin", "http://elsewhere.invalid/api/v1/environment-document/", AnswerWithOneMoreAsync);
        yield return Linked("page at no address", "not an address", "http://[", AnswerWithOneMoreAsync);
        yield return Linked("second page not modified", "HTTP 304 for a further page", "?page=1", static (context, _) => AnswerStatus(context, StatusCodes.Status304NotModified));
        yield return Linked("second page with odd overrides", "not an array", "?page=1", Body("", "", "{\"identity_overrides\":5}").AnswerAsync);

        // Whatever a document can be, its second page can be too.
        foreach (var fault in (UpstreamFault[])[.. Statuses().Take(1), .. Connections(), .. Codings(), .. Redirects().Skip(1)])
        {
            yield return Linked($"second page: {fault.Name}", fault.Reason.Replace("not valid UTF-8", "not valid JSON", StringComparison.Ordinal), "?page=1", fault.AnswerAsync)
                with
            { HangsAt = 2 * fault.HangsAt };
        }

        foreach (var fault in Bodies().Where(static fault => fault.Reason is "not valid JSON" or "larger than"))
        {
            yield return Linked($"second page: {fault.Name}", fault.Reason, "?page=1", fault.AnswerAsync);
        }
    }

    private static UpstreamFault Redirect(string name, string reason, string? location) =>
        new(name, reason, (context, _) => AnswerRedirect(context, location));

    private static Task AnswerRedirect(HttpContext context, string? location)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    /// <summary>A first page with which nothing is wrong but where it leads to.</summary>
    private static UpstreamFault Linked(string name, string reason, string link, Func<HttpContext, byte[], Task> answerFurtherPage) =>
        new(name, reason, (context, document) =>
            context.Request.QueryString.HasValue ? answerFurtherPage(context, document) : AnswerWithLinkAsync(context, document, link));

    private static Task AnswerWithOneMoreAsync(HttpContext context, byte[] document) => AnswerWithLinkAsync(
        context, Encoding.UTF8.GetBytes("{}"), $"?page={int.Parse(context.Request.Query["page"].ToString()) + 1}");

    private static Task AnswerWithLinkAsync(HttpContext context, byte[] document, string link)
    {
        context.Response.Headers.Link = $"<{link}>; rel=\"next\"";
        return context.Response.Body.WriteAsync(document).AsTask();
    }
}
