using Unroll.Optimizers;
using Unroll.Runtime.Tests.Callbacks;

namespace Unroll.Runtime.Tests.Optimizers;

public class ScheduledRateTests
{
    private static readonly LearningRateSchedule s_schedule = new PiecewiseConstantDecay([0], [0.5f, 0.25f]);

    public static IEnumerable<Func<LearningRate, Optimizer>> Constructors =>
    [
        rate => new SGD(rate),
        rate => new Adam(rate),
        rate => new AdamW(rate),
        rate => new RMSprop(rate),
        rate => new Adagrad(rate),
        rate => new Adadelta(rate),
        rate => new Nadam(rate),
        rate => new Adamax(rate),
        rate => new Lion(rate),
        rate => new Ftrl(rate),
    ];

    [Fact]
    public void EveryOptimizerTakesASchedule() => Assert.All(Constructors, static create =>
    {
        Optimizer optimizer = create(s_schedule);
        Assert.Same(s_schedule, optimizer.Schedule);
        Assert.Equal(0.5f, optimizer.LearningRate);

        // The object holds settings; how far a training is stands in its state.
        var state = new OptimizerState(optimizer, floats: 16) { Iteration = 1 };
        Assert.Equal(0.25f, state.LearningRate);
        Assert.Equal(0.5f, optimizer.LearningRate);
    });

    [Fact]
    public void EveryOptimizerTakesANumber() => Assert.All(Constructors, static create =>
    {
        Optimizer optimizer = create(0.125f);
        Assert.Null(optimizer.Schedule);
        Assert.Equal(0.125f, optimizer.LearningRate);
        optimizer.LearningRate = 0.0625f;
        Assert.Equal(0.0625f, optimizer.LearningRate);
    });

    [Fact]
    public void WithoutOneItIsTheDefaultOfKeras()
    {
        Assert.Equal(0.01f, new SGD().LearningRate);
        Assert.All(Constructors.Skip(1), static create => Assert.Equal(0.001f, create(default).LearningRate));
        Assert.Equal("learningRate", Assert.Throws<ArgumentException>(() => new OfTheUser(default)).ParamName);
        Assert.Equal(0.5f, new OfTheUser(0.5f).LearningRate);
        Assert.Equal(0.5f, new OfTheUser(s_schedule).LearningRate);
        Assert.Throws<ArgumentNullException>(() => new SGD((LearningRateSchedule)null!));
    }

    [Fact]
    public void AScheduledRateIsNotSet()
    {
        var optimizer = new Adam(s_schedule);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.LearningRate = 0.1f);
        Assert.Equal(
            "The learning rate of adam follows a schedule, PiecewiseConstantDecay. It cannot be set. "
            + "Make the optimizer with a number instead.",
            error.Message);
    }

    [Fact]
    public void CallbacksThatSetItRefuseAScheduledOptimizerBeforeTraining()
    {
        Assert.Contains("ReduceLROnPlateau cannot lower it", RefusalOf(new ReduceLROnPlateau("loss")), StringComparison.Ordinal);
        Assert.Contains("LearningRateScheduler cannot set it", RefusalOf(new LearningRateScheduler(_ => 0.1f)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void ARateThatIsNoneIsNamedWithItsStep(float rate)
    {
        var error = Assert.Throws<InvalidOperationException>(() => new SGD(new Constant(rate)).LearningRate);
        Assert.Contains($"Constant returned {rate} for step 0", error.Message, StringComparison.Ordinal);
    }

    private static string RefusalOf(Callback callback)
    {
        var fit = new FakeFit(callback) { Optimizer = new FakeOptimizer(s_schedule) };
        return Assert.Throws<InvalidOperationException>(() => fit.Run("loss", 1f)).Message;
    }

    private sealed class Constant(float rate) : LearningRateSchedule
    {
        public override float At(long step) => rate;
    }

    private sealed class OfTheUser(LearningRate learningRate) : Optimizer(learningRate)
    {
        public override string Name => "of the user";

        public override void Update(in OptimizerStep step)
        {
        }
    }
}
