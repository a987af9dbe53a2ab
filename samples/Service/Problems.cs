using Microsoft.AspNetCore.Diagnostics;
using Unroll.Extensions;

namespace Unroll.Samples;

/// <summary>Answers what could not be done with a problem document (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>Whether it is the sender's to know and nothing for the log.</summary>
    public static bool IsOfTheRequest(Exception exception) => exception is BadHttpRequestException or QueueFullException;

    /// <summary>What is wrong with a request is told in its own words; of everything else nothing.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        Exception? exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        (int status, string? detail) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            QueueFullException full => (StatusCodes.Status503ServiceUnavailable, full.Message),
            _ => (StatusCodes.Status500InternalServerError, null),
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
    }
}
