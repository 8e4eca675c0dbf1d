using System.Net;

namespace EdgeProxy.Tooling.Tests.Tools.Upstream;

public sealed class StandInControlTests : StandInFixture
{
    [Theory]
    [InlineData("500", 500)]
    [InlineData("403", 403)]
    public async Task Fault_OfStatus_UntilItIsTakenBack(string fault, int status)
    {
        using var set = await ControlAsync($$"""{"fault":"{{fault}}"}""");
        using var faulty = await FetchAsync();
        using var reset = await ControlAsync("""{"fault":null}""");
        using var healthy = await FetchAsync();

        Assert.Equal(status, (int)faulty.StatusCode);
        Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("reset")]
    public async Task Fault_OfTheConnection_BreaksIt(string fault)
    {
        using var set = await ControlAsync($$"""{"fault":"{{fault}}"}""");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => FetchAsync());
    }

    [Fact]
    public async Task Fault_Garbage_IsNotJson()
    {
        using var set = await ControlAsync("""{"fault":"garbage"}""");

        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => FetchJsonAsync());
    }

    [Fact]
    public async Task Fault_Hang_GivesNoAnswer()
    {
        using var set = await ControlAsync("""{"fault":"hang"}""");
        Client.CancelPendingRequests();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/environment-document/");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.SendAsync(request, patience.Token));
    }

    [Fact]
    public async Task Patch_OfAFeature_ChangesItAndTheTime()
    {
        using var set = await ControlAsync("""{"patch":{"key":"one","feature":"feature_2","set":{"enabled":false,"feature_state_value":9}}}""");

        var document = await FetchJsonAsync();
        Assert.Equal(9, (int)document["feature_states"]![1]!["feature_state_value"]!);
        Assert.False((bool)document["feature_states"]![1]!["enabled"]!);
        Assert.Equal("value_3", (string?)document["feature_states"]![2]!["feature_state_value"]);
        Assert.True(Api.Environments.Single().Document.UpdatedAt > new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Touch_StreamOfTheEnvironment_SendsAnEvent()
    {
        using var response = await Client.GetAsync("/sse/environments/one/stream", HttpCompletionOption.ResponseHeadersRead);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(": ping", await stream.ReadLineAsync());

        using var set = await ControlAsync("""{"touch":"one"}""");

        string? line;
        do
        {
            line = await stream.ReadLineAsync();
        }
        while (line is "" or ": ping");
        Assert.Equal("event: environment_updated", line);
        Assert.Equal($$"""data: {"updated_at": {{Api.Environments.Single().Document.UpdatedAtSeconds}}}""", await stream.ReadLineAsync());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("nothing")]
    [InlineData("""{"fault":"odd"}""")]
    [InlineData("""{"fault":5}""")]
    [InlineData("""{"pages":0}""")]
    [InlineData("""{"touch":"two"}""")]
    [InlineData("""{"patch":{"key":"one","feature":"none","set":{}}}""")]
    [InlineData("""{"colour":"red"}""")]
    public async Task Control_NotUnderstood_IsRefused(string changes)
    {
        using var response = await ControlAsync(changes);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
