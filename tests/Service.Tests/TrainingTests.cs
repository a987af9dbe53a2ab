using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Unroll.Extensions;
using Unroll.Samples;
using Unroll.Tests;

namespace Unroll.Service.Tests;

/// <summary>A service that finds no weights trains its network first.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unroll-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The weights are good for other images of the same people, as the data that come with the sample allow.</summary>
    [Fact]
    public async Task TheWeightsReadDigitsTheyHaveNotSeen()
    {
        SlowTests.Require("The service trains its network");
        await using WebApplication app = ServiceProgram.Build(
            ["--weights", Path.Combine(_folder, "digits.safetensors"), "--reference", Path.Combine(_folder, "reference.safetensors")]);
        ModelService<DigitClassifier> digits = app.Services.GetRequiredService<ModelService<DigitClassifier>>();
        Dataset test = DigitTraining.Test();
        Answer[] answers = Answer.Of(digits.Predict(test.Features));
        int right = answers.Where((answer, i) => answer.Digit == (int)test.Targets[i]).Count();

        Assert.InRange(right / (double)test.Count, 0.93, 1);
    }
}
