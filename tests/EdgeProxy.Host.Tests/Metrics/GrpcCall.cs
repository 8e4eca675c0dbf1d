using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Metrics;

/// <summary>As much of gRPC as a call with one message each way.</summary>
internal static class GrpcCall
{
    private const string ContentType = "application/grpc";
    private const int PrefixLength = 5; // whether the message is compressed, and its length

    /// <summary>Takes a call's message and answers with an empty one, as a service does that is content.</summary>
    /// <returns>The message.</returns>
    public static async Task<byte[]> TakeAsync(HttpContext context)
    {
        Assert.Equal(HttpMethods.Post, context.Request.Method);
        Assert.Equal(ContentType, context.Request.ContentType);
        Assert.Equal("trailers", context.Request.Headers.TE.ToString());
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var call = body.ToArray();
        Assert.Equal(0, call[0]);
        Assert.Equal(call.Length - PrefixLength, BinaryPrimitives.ReadInt32BigEndian(call.AsSpan(1)));

        context.Response.ContentType = ContentType;
        await context.Response.Body.WriteAsync(new byte[PrefixLength]);
        context.Response.AppendTrailer("grpc-status", "0");
        return call[PrefixLength..];
    }
}
