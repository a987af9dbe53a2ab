using System.Globalization;
using System.Reflection;

namespace Unroll.Runtime.Tests.Optimizers;

public class OptimizerArgumentTests
{
    public static TheoryData<string, float> Refused() => new()
    {
        { "momentum", 1.5f },
        { "momentum", -0.1f },
        { "beta1", 1f },
        { "beta2", -0.5f },
        { "beta2", float.NaN },
        { "epsilon", 0f },
        { "epsilon", float.PositiveInfinity },
        { "rho", 1f },
        { "initialAccumulatorValue", -1f },
        { "learningRatePower", 0.5f },
        { "l1RegularizationStrength", -2f },
        { "weightDecay", -0.01f },
        { nameof(Optimizer.LearningRate), -0.1f },
        { nameof(Optimizer.WeightDecay), -0.1f },
        { nameof(Optimizer.ClipNorm), 0f },
        { nameof(Optimizer.GlobalClipNorm), -1f },
        { nameof(Optimizer.ClipValue), float.NaN },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void ASettingOutOfItsRangeIsNamedWithItsValue(string name, float value)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Create(name, value));
        Assert.Equal(name, error.ParamName);
        Assert.Equal(value, error.ActualValue);
        Assert.Contains(value.ToString(CultureInfo.CurrentCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOptimizerRefusesANegativeLearningRate()
    {
        Type[] optimizers = [.. typeof(Optimizer).Assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)];
        Assert.True(optimizers.Length >= 10);
        Assert.All(optimizers, static type =>
        {
            ConstructorInfo constructor = type.GetConstructors().Single();
            object?[] arguments = [(LearningRate)(-0.25f), .. constructor.GetParameters().Skip(1).Select(static parameter => parameter.DefaultValue)];
            var error = Assert.IsType<ArgumentOutOfRangeException>(
                Assert.Throws<TargetInvocationException>(() => constructor.Invoke(arguments)).InnerException);
            Assert.Equal((nameof(Optimizer.LearningRate), -0.25f), (error.ParamName, (float)error.ActualValue!));
        });
    }

    [Fact]
    public void ASecondClippingIsRefused()
    {
        Assert.Throws<ArgumentException>(() => new SGD { ClipNorm = 1f, ClipValue = 2f });
        Assert.Throws<ArgumentException>(() => new SGD { GlobalClipNorm = 1f, ClipNorm = 2f });
        var error = Assert.Throws<ArgumentException>(() => new SGD { ClipValue = 1f, GlobalClipNorm = 2f });
        Assert.Contains("GlobalClipNorm = 2", error.Message, StringComparison.Ordinal);
    }

    private static Optimizer Create(string name, float value) => name switch
    {
        "momentum" => new SGD(momentum: value),
        "beta1" => new Adam(beta1: value),
        "beta2" => new Nadam(beta2: value),
        "epsilon" => new Adamax(epsilon: value),
        "rho" => new RMSprop(rho: value),
        "initialAccumulatorValue" => new Adagrad(initialAccumulatorValue: value),
        "learningRatePower" => new Ftrl(learningRatePower: value),
        "l1RegularizationStrength" => new Ftrl(l1RegularizationStrength: value),
        "weightDecay" => new AdamW(weightDecay: value),
        nameof(Optimizer.LearningRate) => new Lion(value),
        nameof(Optimizer.WeightDecay) => new SGD { WeightDecay = value },
        nameof(Optimizer.ClipNorm) => new SGD { ClipNorm = value },
        nameof(Optimizer.GlobalClipNorm) => new SGD { GlobalClipNorm = value },
        _ => new SGD { ClipValue = value },
    };
}
