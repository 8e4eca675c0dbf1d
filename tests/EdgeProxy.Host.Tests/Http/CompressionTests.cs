using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>sdk-api.md, "Every SDK answer": compression.</summary>
public sealed class CompressionTests
{
    [Theory]
    [InlineData("/api/v1/flags/", "gzip")]
    [InlineData("/api/v1/flags/", "br")]
    [InlineData("/api/v1/identities/?identifier=bob", "gzip")]
    [InlineData("/api/v1/identities/?identifier=bob", "br")]
    public async Task Get_LongBody_CompressedAndTheSame(string path, string coding)
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = string.Concat(Enumerable.Range(0, 500).Select(static i => $"value {i} "));
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        var plain = await proxy.GetAsync(path, "env");

        using var response = await proxy.SendAsync(HttpMethod.Get, path, "env", body: null, ("Accept-Encoding", coding));

        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], response.Headers.Vary);
        Assert.True(response.Content.Headers.ContentLength < plain.Length);
        Assert.Equal(plain, await ResponseText.DecodeAsync(response));
    }

    [Theory]
    [InlineData("/api/v1/flags/")]
    [InlineData("/api/v1/identities/?identifier=bob")]
    public async Task Get_ShortBody_AsItIs(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, path, "env", body: null, ("Accept-Encoding", "gzip, br"));

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Empty(response.Headers.Vary);
    }

    [Fact]
    public async Task Get_LongBodyNotAccepted_AsItIsButVaries()
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = new string('x', 2000);
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env", body: null, ("Origin", "https://a.example"));

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(["Origin", "Accept-Encoding"], response.Headers.Vary);
    }
}
